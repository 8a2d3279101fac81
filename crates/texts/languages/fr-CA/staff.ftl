### Staff: signing in, people and roles, the audit.
