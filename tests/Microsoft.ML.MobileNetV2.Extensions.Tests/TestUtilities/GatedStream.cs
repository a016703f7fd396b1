namespace Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

/// <summary>Is a stream whose content comes when the test says so.</summary>
internal sealed class GatedStream(byte[] content) : MemoryStream(content)
{
    private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the task that ends when somebody begins to read.</summary>
    internal Task Reading => _reading.Task;

    internal void Open() => _open.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _reading.TrySetResult();
        await _open.Task.WaitAsync(cancellationToken);
        return await base.ReadAsync(buffer, cancellationToken);
    }
}
