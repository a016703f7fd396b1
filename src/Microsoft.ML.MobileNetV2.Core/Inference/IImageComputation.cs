namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Represents work on one image: computing its output, or only finding out whether it can be read. Safe to use from several threads.</summary>
internal interface IImageComputation
{
    /// <summary>Gets the count of numbers that <see cref="Compute"/> writes.</summary>
    int OutputCount { get; }

    /// <summary>Does the work on the caller's thread.</summary>
    /// <param name="input">The image.</param>
    /// <param name="destination">Receives the output; <see cref="OutputCount"/> numbers.</param>
    void Compute(ImageInput input, Span<float> destination);
}
