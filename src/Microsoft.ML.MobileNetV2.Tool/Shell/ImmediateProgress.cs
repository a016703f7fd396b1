namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Hands reports over on the thread that makes them, so that they stay in order.</summary>
internal sealed class ImmediateProgress<T>(Action<T> handler) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => handler(value);
}
