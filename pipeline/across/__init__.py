"""What is known only from all documents of a database together; `settle` makes it after every ingest."""
