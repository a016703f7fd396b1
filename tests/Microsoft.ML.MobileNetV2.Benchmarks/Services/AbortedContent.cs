using System.Net;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents a body that breaks off in its middle.</summary>
internal sealed class AbortedContent(byte[] content, CancellationTokenSource abort) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(content.AsMemory(0, content.Length / 2));
        await stream.FlushAsync();
        await abort.CancelAsync();
        abort.Token.ThrowIfCancellationRequested();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = content.Length;
        return true;
    }
}
