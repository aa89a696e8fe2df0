"""The remote: what a chair holds in one hand."""
