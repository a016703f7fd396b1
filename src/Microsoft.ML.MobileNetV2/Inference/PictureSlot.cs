namespace Microsoft.ML.MobileNetV2;

/// <summary>Is one picture on its way through the engine.</summary>
/// <param name="engine">The engine.</param>
/// <param name="needsOutput">Whether the output is wanted, or only whether the picture can be read.</param>
internal sealed class PictureSlot(ImageEngine engine, bool needsOutput = true) : WorkSlot
{
    private readonly float[] _output = needsOutput ? new float[engine.OutputCount] : [];

    internal ImageInput Input { get; } = new();

    /// <summary>Gets or sets the picture's position in its sequence, from 0.</summary>
    internal long Index { get; set; }

    internal ReadOnlySpan<float> Output => _output;

    /// <summary>Gives NaN, ML.NET's missing value, as the output.</summary>
    internal void SetMissing()
    {
        _output.AsSpan().Fill(float.NaN);
        ForgiveError();
    }

    protected override void Run()
    {
        if (needsOutput)
        {
            engine.Compute(Input, _output);
        }
        else
        {
            engine.Preprocess(Input);
        }
    }
}
