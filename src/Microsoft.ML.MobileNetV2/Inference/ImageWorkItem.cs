namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Is one image on its way through the engine.</summary>
internal class ImageWorkItem(IImageComputation computation) : WorkItem
{
    private readonly float[] _output = new float[computation.OutputCount];

    internal ImageInput Input { get; } = new();

    /// <summary>Gets or sets the image's position in its sequence, from 0.</summary>
    internal long Index { get; set; }

    internal ReadOnlySpan<float> Output => _output;

    /// <summary>Gives NaN, ML.NET's missing value, as the output.</summary>
    internal void SetMissing()
    {
        _output.AsSpan().Fill(float.NaN);
        ForgiveError();
    }

    protected override void Run() => computation.Compute(Input, _output);
}
