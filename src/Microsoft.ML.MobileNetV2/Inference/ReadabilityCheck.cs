namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Reads a picture and throws where that fails, without running the network.</summary>
internal sealed class ReadabilityCheck(ImageEngine engine) : IPictureComputation
{
    public int OutputCount => 0;

    public void Compute(ImageInput input, Span<float> destination) => engine.Preprocess(input);
}
