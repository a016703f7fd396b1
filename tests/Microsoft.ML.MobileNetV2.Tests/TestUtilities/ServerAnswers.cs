using System.Text;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes answers of the test's server, good and bad ones.</summary>
internal static class ServerAnswers
{
    internal const string Tag = "\"version-1\"";

    /// <summary>Sends the file, or the rest that is asked for where the client's part is of the same version.</summary>
    internal static ServerAnswer File(byte[] content, string tag = Tag) => Send(content, content.Length, tag);

    /// <summary>Promises the whole file and closes the connection after some bytes.</summary>
    internal static ServerAnswer Truncated(byte[] content, int count, string tag = Tag) => Send(content, count, tag);

    /// <summary>Promises the whole file, sends some bytes and then nothing.</summary>
    internal static ServerAnswer Stalled(byte[] content, int count, string tag = Tag) => async (request, stream, end) =>
    {
        await Send(content, count, tag)(request, stream, end).ConfigureAwait(false);
        await new TaskCompletionSource().Task.WaitAsync(end).ConfigureAwait(false);
    };

    /// <summary>Sends the whole file whatever is asked for.</summary>
    internal static ServerAnswer WithoutRanges(byte[] content) => async (_, stream, end) =>
    {
        await HeadAsync(stream, "200 OK", $"Content-Length: {content.Length}", end).ConfigureAwait(false);
        await stream.WriteAsync(content, end).ConfigureAwait(false);
    };

    /// <summary>Sends bytes without saying how many there are.</summary>
    internal static ServerAnswer WithoutLength(byte[] content, int count) => async (_, stream, end) =>
    {
        await HeadAsync(stream, "200 OK", "Content-Type: application/octet-stream", end).ConfigureAwait(false);
        await stream.WriteAsync(content.AsMemory(0, count), end).ConfigureAwait(false);
    };

    /// <summary>Sends so many bytes of what is asked for, and closes the connection.</summary>
    internal static ServerAnswer Pieces(byte[] content, int length) => (request, stream, end) =>
        Send(content, Math.Min(content.Length, request.From + length), Tag)(request, stream, end);

    /// <summary>Sends zeros until the client has enough.</summary>
    internal static ServerAnswer Endless() => async (_, stream, end) =>
    {
        await HeadAsync(stream, "200 OK", "Content-Type: application/octet-stream", end).ConfigureAwait(false);
        byte[] block = new byte[1 << 16];
        while (true)
        {
            await stream.WriteAsync(block, end).ConfigureAwait(false);
        }
    };

    /// <summary>Promises more than it sends.</summary>
    internal static ServerAnswer Huge(long length) => Status("200 OK", $"Content-Length: {length}");

    /// <summary>Sends one byte after the other, each when it is asked for.</summary>
    internal static ServerAnswer Dribble(byte[] content, SemaphoreSlim next) => async (_, stream, end) =>
    {
        await HeadAsync(stream, "200 OK", $"Content-Length: {content.Length}", end).ConfigureAwait(false);
        for (int i = 0; i < content.Length; i++)
        {
            await next.WaitAsync(end).ConfigureAwait(false);
            await stream.WriteAsync(content.AsMemory(i, 1), end).ConfigureAwait(false);
        }
    };

    internal static ServerAnswer Status(string status, string header = "Content-Length: 0") =>
        (_, stream, end) => HeadAsync(stream, status, header, end);

    internal static ServerAnswer Redirect(object target) => Status("302 Found", $"Location: {target}\r\nContent-Length: 0");

    private static ServerAnswer Send(byte[] content, int count, string tag) => async (request, stream, end) =>
    {
        bool isRest = request.Range is not null && (request.IfRange is null || request.IfRange == tag);
        int from = isRest ? request.From : 0;
        if (from >= content.Length)
        {
            await HeadAsync(stream, "416 Range Not Satisfiable", $"Content-Range: bytes */{content.Length}\r\nContent-Length: 0", end).ConfigureAwait(false);
            return;
        }

        string header = $"Content-Length: {content.Length - from}" + (tag.Length > 0 ? $"\r\nETag: {tag}" : string.Empty)
            + (isRest ? $"\r\nContent-Range: bytes {from}-{content.Length - 1}/{content.Length}" : string.Empty);
        await HeadAsync(stream, isRest ? "206 Partial Content" : "200 OK", header, end).ConfigureAwait(false);
        await stream.WriteAsync(content.AsMemory(from, Math.Max(0, count - from)), end).ConfigureAwait(false);
    };

    private static async Task HeadAsync(Stream stream, string status, string header, CancellationToken end) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{header}\r\nConnection: close\r\n\r\n"), end).ConfigureAwait(false);
}
