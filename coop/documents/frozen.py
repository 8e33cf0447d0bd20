"""What PostgreSQL keeps of documents: nothing is edited, and a file comes with its version or not at all."""

FILE_BEFORE_SIGNATURE = """
CREATE FUNCTION documents_file_before_signature() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM documents_version WHERE id = NEW.version_id
            AND confirmed_at IS NULL AND refused_at IS NULL) THEN
        RAISE EXCEPTION 'the version has been signed without this file' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
