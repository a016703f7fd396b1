using System.Net;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Decides whether a redirection is followed.</summary>
internal static class DownloadRedirection
{
    private const int MaxRedirections = 10;

    internal static bool IsOne(HttpResponseMessage response) => response.StatusCode
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>Returns the address to ask next; null where it is neither http nor https, no longer encrypted, missing, or one too many.</summary>
    internal static Uri? Target(HttpResponseMessage response, Uri address, int redirections) =>
        redirections < MaxRedirections
        && response.Headers.Location is { } location
        && Uri.TryCreate(address, location, out Uri? target)
        && (target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttp && address.Scheme == Uri.UriSchemeHttp)
            ? target
            : null;
}
