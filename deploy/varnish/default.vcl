# The edge in front of the CMS: keeps answers to GET /graphql/, each until it ends or a change purges its tags.
#
#   varnishd -f deploy/varnish/default.vcl -a :6081 -p http_gzip_support=off
#
# http_gzip_support=off, because the CMS compresses itself, and better: with it Varnish would ask for gzip only.
vcl 4.1;

import std;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
    # It fails where the CMS can't serve, and not where it is only degraded, without Redis for one.
    .probe = { .url = "/readyz"; .interval = 5s; .timeout = 2s; .window = 5; .threshold = 3; .initial = 3; }
}

# Where the CMS is: who else could purge, could make each request go to the CMS.
acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "BAN" || req.method == "PURGE") {
        if (client.ip !~ purgers) {
            return (synth(405, "Not allowed"));
        }
        if (req.method == "PURGE") {
            return (purge);
        }
        # Only of obj: such bans are worked off in the background, and do not pile up.
        if (!req.http.X-Ban-Tags || !std.ban("obj.http.Cache-Tag ~ " + req.http.X-Ban-Tags)) {
            return (synth(400, "Bad ban: " + std.ban_error()));
        }
        return (synth(200, "Banned"));
    }
    if ((req.method != "GET" && req.method != "HEAD") || req.url !~ "^/graphql/\?") {
        return (pass);
    }
    if (req.http.Authorization || req.http.Cookie ~ "(^|;\s*)(__Host-)?sessionid=") {
        return (pass);
    }
    # What is left does not depend on who asks.
    unset req.http.Cookie;
    # One object for each encoding and language, and not for each way to write these headers.
    if (req.http.Accept-Encoding ~ "\bbr\b") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "\bzstd\b") {
        set req.http.Accept-Encoding = "zstd";
    } elsif (req.http.Accept-Encoding ~ "\bgzip\b") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    if (std.tolower(req.http.Accept-Language) ~ "(^|,)\s*(vi|en)\b") {
        set req.http.Accept-Language = regsub(
            std.tolower(req.http.Accept-Language), "^(?:.*?,)??\s*(vi|en)\b.*$", "\1");
    } else {
        set req.http.Accept-Language = "vi";
    }
    # Likewise one object for each of the two media types; what is written otherwise is its own affair.
    set req.http.Accept = std.tolower(req.http.Accept);
    if (req.http.Accept ~ "^application/graphql-response\+json\s*(,|$)") {
        set req.http.Accept = "application/graphql-response+json";
    } elsif (!req.http.Accept || req.http.Accept == "" || (req.http.Accept !~ "graphql-response|;\s*q=0(\.0*)?\s*(,|$)"
        && req.http.Accept ~ "application/json\s*(,|;\s*q=|$)|(^|,)\s*\*/\*")) {
        set req.http.Accept = "application/json";
    }
    return (hash);
}

sub vcl_backend_response {
    # s-maxage and stale-while-revalidate have set the time to live and the grace already.
    if (beresp.status != 200 || beresp.http.Cache-Control ~ "no-store|private" || beresp.http.Set-Cookie) {
        set beresp.uncacheable = true;
        set beresp.ttl = 5s;
        return (deliver);
    }
}

sub vcl_deliver {
    # Tags are between the CMS and its edge.
    unset resp.http.Cache-Tag;
    # The web server hands out pictures without it.
    set resp.http.X-Content-Type-Options = "nosniff";
    if (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    } else {
        set resp.http.X-Cache = "MISS";
    }
}
