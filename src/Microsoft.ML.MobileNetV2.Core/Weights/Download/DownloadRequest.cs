using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Sends one request for a file, or for the rest of it, and receives the response.</summary>
/// <param name="client">Sends requests; must not follow redirections.</param>
/// <param name="options">Timeouts.</param>
/// <param name="report">Receives the progress.</param>
/// <param name="part">What was received before.</param>
/// <param name="maxLength">The most bytes that the file may have; a server that sends without end must not fill the disk.</param>
internal sealed class DownloadRequest(
    HttpClient client, WeightsDownloadOptions options, DownloadReport report, PartialFile part, long maxLength)
{
    private const int BufferLength = 1 << 16;

    /// <param name="isRestTrusted">True when a wrong join of two versions would be noticed by a hash.</param>
    /// <param name="cancellationToken">Ends the reception.</param>
    internal async Task ReceiveAsync(bool isRestTrusted, CancellationToken cancellationToken)
    {
        bool asksForRest = part.Length > 0 && (isRestTrusted || part.Version.Length > 0);
        using HttpResponseMessage response = await SendAsync(asksForRest, cancellationToken).ConfigureAwait(false);
        if (!IsComplete(response))
        {
            long? total = Prepare(response, asksForRest);
            RequireLength(total ?? 0, response);
            await CopyAsync(response, total, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends the request, and follows redirections.</summary>
    private async Task<HttpResponseMessage> SendAsync(bool asksForRest, CancellationToken cancellationToken)
    {
        Uri address = report.Address;
        for (int redirections = 0; ; redirections++)
        {
            using HttpRequestMessage request = CreateRequest(address, asksForRest);
            HttpResponseMessage response = await WithinAsync(
                token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken).ConfigureAwait(false);
            if (!DownloadRedirection.IsOne(response))
            {
                return response;
            }

            using (response)
            {
                address = DownloadRedirection.Target(response, address, redirections)
                    ?? throw Failure($"redirects to '{response.Headers.Location}', which is not followed.", isTransient: false, response);
            }
        }
    }

    private HttpRequestMessage CreateRequest(Uri address, bool asksForRest)
    {
        HttpRequestMessage request = new(HttpMethod.Get, address);
        if (asksForRest)
        {
            request.Headers.Range = new(part.Length, null);
            if (part.Version.Length > 0)
            {
                request.Headers.TryAddWithoutValidation("If-Range", part.Version);
            }
        }

        return request;
    }

    private bool IsComplete(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length == part.Length;

    /// <summary>Prepares the partial file for the content of the response, and returns the length of the whole file.</summary>
    private long? Prepare(HttpResponseMessage response, bool asksForRest)
    {
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                part.Restart(VersionOf(response));
                return response.Content.Headers.ContentLength;
            case HttpStatusCode.PartialContent when asksForRest && range?.From == part.Length:
                return range.Length ?? part.Length + response.Content.Headers.ContentLength;
            case HttpStatusCode.PartialContent:
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                string answer = $"answered with the range '{range}'; expected one from byte {part.Length}.";
                part.Restart(string.Empty);
                throw Failure(answer, isTransient: true, response);
            default:
                throw Failure(
                    $"answered {(int)response.StatusCode} ({response.StatusCode}); expected 200 (OK).", IsTransient(response.StatusCode), response);
        }
    }

    private async Task CopyAsync(HttpResponseMessage response, long? total, CancellationToken cancellationToken)
    {
        Stream content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable end = content.ConfigureAwait(false);
        byte[] buffer = new byte[BufferLength];
        ThroughputWatch throughput = new(options);
        report.Send(DownloadStage.Receiving, part.Length, total);
        int count;
        while ((count = await WithinAsync(token => content.ReadAsync(buffer, token).AsTask(), cancellationToken).ConfigureAwait(false)) > 0)
        {
            RequireLength(part.Length + count, response);
            part.Write(buffer.AsSpan(0, count));
            report.Send(DownloadStage.Receiving, part.Length, total);
            if (throughput.FindStall(count) is { } stall)
            {
                throw Failure(stall, isTransient: true, response);
            }
        }

        if (total is not null && part.Length != total)
        {
            throw Failure($"ended the file after {part.Length} bytes; expected {total}.", isTransient: true, response);
        }
    }

    private void RequireLength(long length, HttpResponseMessage response)
    {
        if (length > maxLength)
        {
            throw Failure(
                FormattableString.Invariant($"sends {length} bytes or more; at most {maxLength} are expected of this network."), isTransient: false, response, isFileRefused: true);
        }
    }

    /// <summary>Waits for the network, but not longer than the server may be silent.</summary>
    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(options.StallTimeout, options.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(FormattableString.Invariant($"sent nothing for {options.StallTimeout.TotalSeconds} seconds."), isTransient: true, inner: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failure($"could not be read. {e.Message}", !IsUnreachable(e), inner: e);
        }
    }

    private WeightsDownloadException Failure(
        string message, bool isTransient, HttpResponseMessage? response = null, Exception? inner = null, bool isFileRefused = false)
    {
        Uri? final = response?.RequestMessage?.RequestUri;
        string redirection = final is null || final == report.Address ? string.Empty : $" (redirected to '{final}')";
        return new($"'{report.Address}'{redirection} {message}", inner)
        {
            Address = report.Address,
            StatusCode = response?.StatusCode,
            IsTransient = isTransient,
            IsFileRefused = isFileRefused,
        };
    }

    /// <summary>Returns whether there is no way to the server, as on a machine without a network: a user waits for nothing then.</summary>
    private bool IsUnreachable(Exception exception) => part.Length == 0 &&
        exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError };

    private static string VersionOf(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } tag
        ? tag.Tag
        : response.Content.Headers.LastModified?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty;

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
}
