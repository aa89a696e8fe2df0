"""The two doors to the database, its engines, its schema, its copies."""
