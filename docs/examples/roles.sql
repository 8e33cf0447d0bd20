-- Run once as the administrator of PostgreSQL: psql -f roles.sql. Put secrets of your own in.
CREATE ROLE coop_owner NOLOGIN;
CREATE ROLE coop_migrations LOGIN CREATEDB PASSWORD 'one-secret' IN ROLE coop_owner;
CREATE ROLE coop_app LOGIN PASSWORD 'another-secret';
CREATE ROLE coop_reader LOGIN;
CREATE DATABASE asamblea OWNER coop_owner TEMPLATE template0 ENCODING 'UTF8';
