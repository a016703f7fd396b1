using System.Runtime.ExceptionServices;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Represents one image on its way through the engine.</summary>
internal class ImageWorkItem(IImageComputation computation) : WorkItem
{
    private readonly float[] _output = new float[computation.OutputCount];

    internal ImageInput Input { get; } = new();

    /// <summary>Gets or sets the image's position in its sequence, from 0.</summary>
    internal long Index { get; set; }

    internal ReadOnlySpan<float> Output => _output;

    /// <summary>Makes NaN, ML.NET's missing value, the output.</summary>
    internal void SetMissing()
    {
        _output.AsSpan().Fill(float.NaN);
        ForgiveError();
    }

    /// <summary>Returns the output, or the error where the image cannot be read; any other failure is thrown.</summary>
    internal BatchResult<float[]> ToResult()
    {
        if (Error is not null && !ImagePreprocessor.IsUnreadable(Error))
        {
            ExceptionDispatchInfo.Throw(Error);
        }

        return new(Index, Error is null ? _output.ToArray() : null, Error);
    }

    protected override void Run() => computation.Compute(Input, _output);
}
