using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is what an engine made of one image of a sequence.</summary>
public sealed class ImageResult
{
    private readonly float[] _values;

    internal ImageResult(ImageWorkItem slot)
    {
        Index = slot.Index;
        Error = slot.Error;
        _values = Error is null ? slot.Output.ToArray() : [];
    }

    /// <summary>Gets the position of the image in its sequence, from 0.</summary>
    public long Index { get; }

    /// <summary>Gets what went wrong; the message names the image.</summary>
    /// <value>Null where the image was computed.</value>
    public Exception? Error { get; }

    /// <summary>Gets the network's output.</summary>
    /// <exception cref="InvalidOperationException">The image could not be computed; <see cref="Error"/> says why.</exception>
    public ReadOnlyMemory<float> Values => Error is null
        ? _values
        : throw new InvalidOperationException($"Image {Index} has no output: {Error.Message}", Error);
}
