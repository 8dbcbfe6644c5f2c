//! The same over the web: what a portal, a cache or an attacker makes of it on the way is found.
