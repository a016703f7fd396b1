namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Chooses at which fraction of its size a JPEG is decoded; its blocks of 8 × 8 pixels can be decoded into 1 to 8 pixels a side.</summary>
internal static class ScaledDecoding
{
    internal const int FullSize = 8;

    /// <summary>How many times larger than needed the decoded image must be at least, so that the resize still decides about the result.</summary>
    internal const double Margin = 1.5;

    /// <summary>Returns the smallest fraction, in eighths, that leaves enough pixels along both axes.</summary>
    internal static int ChooseEighths((int Width, int Height) uprightSize, AxisPlacement x, AxisPlacement y)
    {
        double fraction = Margin * Math.Max(x.ScaledLength / uprightSize.Width, y.ScaledLength / uprightSize.Height);
        return fraction >= 1 ? FullSize : Math.Max(1, (int)Math.Ceiling(fraction * FullSize));
    }
}
