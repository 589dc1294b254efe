"""Who may do what changes: an owner, a privilege, a policy, row security, a security label, or how a role logs in to
a foreign server.

**What to do.** Read the statement: does it open what should be closed, or close what a program uses?
"""

from ._hazard import NEVER, Hazard

HAZARD = Hazard("AUTHZ_UPDATE", NEVER)
