using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Computes two things of an image: the output of the first, and behind it that of the second.</summary>
internal sealed class ComputationPair(IImageComputation first, IImageComputation second) : IImageComputation
{
    public int OutputCount => first.OutputCount + second.OutputCount;

    public void Compute(ImageInput input, Span<float> destination)
    {
        // A stream can be read only once.
        input.Load();
        first.Compute(input, destination[..first.OutputCount]);
        second.Compute(input, destination[first.OutputCount..]);
    }
}
