namespace Microsoft.ML.MobileNetV2;

/// <summary>Takes a picture all the way to the network's output: decode, resize, normalise, compute. Safe to use from several threads.</summary>
internal sealed class ImageEngine(ImagePreprocessor preprocessor, NetworkSession session) : IPictureComputation, IDisposable
{
    /// <summary>Gets the count of numbers in the network's input.</summary>
    internal int InputCount => preprocessor.PixelCount;

    public int OutputCount => session.OutputCount;

    public void Compute(ImageInput input, Span<float> destination)
    {
        NetworkRun run = session.Rent();
        try
        {
            input.Preprocess(preprocessor, run.Input);
            run.Compute().CopyTo(destination);
        }
        finally
        {
            session.Return(run);
        }
    }

    /// <summary>Reads the picture and throws where that fails, without running the network.</summary>
    internal void Preprocess(ImageInput input)
    {
        NetworkRun run = session.Rent();
        try
        {
            input.Preprocess(preprocessor, run.Input);
        }
        finally
        {
            session.Return(run);
        }
    }

    public void Dispose() => session.Dispose();
}
