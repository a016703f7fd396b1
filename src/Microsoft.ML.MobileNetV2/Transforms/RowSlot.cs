namespace Microsoft.ML.MobileNetV2;

/// <summary>Is one row on its way through the engine.</summary>
/// <param name="engine">The engine.</param>
/// <param name="needsOutput">Whether the output is wanted, or only whether the picture can be read.</param>
internal sealed class RowSlot(ImageEngine engine, bool needsOutput) : WorkSlot
{
    private readonly float[] _output = new float[engine.OutputCount];

    internal ImageInput Input { get; } = new();

    internal long RowIndex { get; set; }

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
