"""The act of counting: what is gathered, what comes out under the rules of the ballot, how it is said and recounted."""
