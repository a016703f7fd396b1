namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Scales channel counts by the width multiplier, as the reference implementations do.</summary>
internal static class ChannelCount
{
    private const int Divisor = 8;
    private const double SmallestShareKept = 0.9;

    /// <summary>
    /// Returns the multiple of eight nearest to <paramref name="channels"/> × <paramref name="widthMultiplier"/>,
    /// at least eight, and the next one up where rounding down would lose more than a tenth.
    /// </summary>
    internal static int Scale(int channels, float widthMultiplier)
    {
        // 0.35f is a little less than 0.35: the published channel counts follow from the decimal number.
        double scaled = channels * Math.Round((double)widthMultiplier, 6);
        int rounded = Math.Max(Divisor, (int)(scaled + Divisor / 2) / Divisor * Divisor);
        return rounded < SmallestShareKept * scaled ? rounded + Divisor : rounded;
    }
}
