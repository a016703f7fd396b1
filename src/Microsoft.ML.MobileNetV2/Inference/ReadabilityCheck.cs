namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Reads an image and throws where that fails, without running the network.</summary>
internal sealed class ReadabilityCheck(ImageEngine engine) : IImageComputation
{
    public int OutputCount => 0;

    public void Compute(ImageInput input, Span<float> destination) => engine.Preprocess(input);
}
