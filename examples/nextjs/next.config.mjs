export default { trailingSlash: true, poweredByHeader: false }; // addresses end as the CMS's
