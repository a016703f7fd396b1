using System.Net;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Represents a body that a server asks for and gets when the test says so.</summary>
internal sealed class HeldContent(byte[] content) : HttpContent
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the task that ends when the server wants the body.</summary>
    internal Task Asked => _asked.Task;

    internal void Release() => _released.SetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _asked.SetResult();
        await _released.Task;
        await stream.WriteAsync(content);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _asked.SetResult();
        await _released.Task.WaitAsync(cancellationToken);
        await stream.WriteAsync(content, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = content.Length;
        return true;
    }
}
