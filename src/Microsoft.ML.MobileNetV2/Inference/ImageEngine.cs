using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Takes an image all the way to the network's output: decode, resize, normalize, compute. Safe to use from several threads.</summary>
internal sealed class ImageEngine(ImagePreprocessor preprocessor, NetworkSession session) : IImageComputation, IDisposable
{
    /// <summary>Gets the count of numbers in the network's input.</summary>
    internal int InputCount => preprocessor.PixelCount;

    public int OutputCount => session.OutputCount;

    public void Compute(ImageInput input, Span<float> destination) => Compute(input, view: null, destination);

    /// <summary>Computes a view of an image on the caller's thread.</summary>
    /// <param name="input">The image.</param>
    /// <param name="view">What to show of it; null for the plain image.</param>
    /// <param name="destination">Takes the output; <see cref="OutputCount"/> numbers.</param>
    internal void Compute(ImageInput input, ImageView? view, Span<float> destination)
    {
        NetworkRun run = session.Rent();
        try
        {
            input.Preprocess(preprocessor, view, run.Input);
            run.Compute().CopyTo(destination);
        }
        finally
        {
            session.Return(run);
        }
    }

    /// <summary>Reads the image and throws where that fails, without running the network.</summary>
    internal void Preprocess(ImageInput input)
    {
        NetworkRun run = session.Rent();
        try
        {
            input.Preprocess(preprocessor, view: null, run.Input);
        }
        finally
        {
            session.Return(run);
        }
    }

    public void Dispose() => session.Dispose();
}
