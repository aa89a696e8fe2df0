"""All that our server asks of others: checked addresses, requests, mail, pictures, messages of alarms."""
