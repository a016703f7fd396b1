using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Computes the network's output for an image: decode, resize, normalize, run. Safe to use from several threads.</summary>
internal sealed class ImageEngine(ImagePreprocessor preprocessor, NetworkPool network, int outputCount) : IImageComputation, IDisposable
{
    /// <summary>Gets the length of the network's input.</summary>
    internal int InputCount => preprocessor.PixelCount;

    public int OutputCount => outputCount;

    public void Compute(ImageInput input, Span<float> destination) => Compute(input, view: null, destination);

    /// <summary>Computes a view of an image on the caller's thread.</summary>
    /// <param name="input">The image.</param>
    /// <param name="view">The view; null for the plain image.</param>
    /// <param name="destination">Receives the output; <see cref="OutputCount"/> numbers.</param>
    internal void Compute(ImageInput input, ImageView? view, Span<float> destination)
    {
        INetworkRun run = network.Rent();
        try
        {
            input.Preprocess(preprocessor, view, run.Input);
            run.Compute().CopyTo(destination);
        }
        finally
        {
            network.Return(run);
        }
    }

    /// <summary>Returns work that reads an image, and throws where that fails, without running the network.</summary>
    internal IImageComputation CreateReadabilityCheck() => new ReadabilityCheck(preprocessor, network);

    public void Dispose() => network.Dispose();

    private sealed class ReadabilityCheck(ImagePreprocessor preprocessor, NetworkPool network) : IImageComputation
    {
        public int OutputCount => 0;

        public void Compute(ImageInput input, Span<float> destination)
        {
            INetworkRun run = network.Rent();
            try
            {
                input.Preprocess(preprocessor, view: null, run.Input);
            }
            finally
            {
                network.Return(run);
            }
        }
    }
}
