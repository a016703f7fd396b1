using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Warns at the end of a pass whose pixels seem to be from 0 to 1 although 0 to 255 is expected.</summary>
internal sealed class PixelRangeWatch(ImageNetworkSettings settings)
{
    private bool _isDone = settings.PixelFormat.Range != PixelRange.Byte;
    private bool _hasPixels;

    /// <summary>Looks at the image of a row.</summary>
    internal void Observe(ImageInput input)
    {
        if (input.LargestPixel is { } largest)
        {
            _hasPixels = true;
            _isDone |= largest > 1;
        }
    }

    /// <summary>Ends the pass.</summary>
    internal void End()
    {
        if (_hasPixels && !_isDone)
        {
            settings.Logger.LogWarning(
                "Column '{Column}': no pixel value of any row is above 1, but 0 to 255 is expected. Set PixelRange to Unit where values are from 0 to 1",
                settings.InputColumnName);
        }

        _isDone = true;
    }
}
