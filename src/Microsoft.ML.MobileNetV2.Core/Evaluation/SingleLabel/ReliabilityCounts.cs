namespace Microsoft.ML.MobileNetV2.Evaluation;

/// <summary>Counts images by their confidence. Thresholds have no part in it: calibration is about the highest score, whatever is made of it.</summary>
internal sealed class ReliabilityCounts(int binCount)
{
    private readonly int[] _counts = new int[binCount];
    private readonly int[] _correct = new int[binCount];
    private readonly double[] _confidence = new double[binCount];

    /// <param name="confidence">The highest score, from 0 to 1.</param>
    /// <param name="isCorrect">Whether its class is the true one.</param>
    internal void Add(double confidence, bool isCorrect)
    {
        int bin = Math.Clamp((int)Math.Ceiling(confidence * binCount) - 1, 0, binCount - 1);
        _counts[bin]++;
        _correct[bin] += isCorrect ? 1 : 0;
        _confidence[bin] += confidence;
    }

    internal IReadOnlyList<ReliabilityBin> ToBins() => [.. Enumerable.Range(0, binCount).Select(bin => new ReliabilityBin(
        (double)bin / binCount,
        (bin + 1.0) / binCount,
        _counts[bin],
        _confidence[bin] / Divisor(bin),
        _correct[bin] / Divisor(bin)))];

    /// <summary>Returns Σ |accuracy − confidence| · count / n over the bins: equation 3 of arXiv:1706.04599.</summary>
    internal double ToError() =>
        Enumerable.Range(0, binCount).Sum(bin => Math.Abs(_correct[bin] - _confidence[bin])) / (_counts.Sum() is > 0 and var count ? count : double.NaN);

    private double Divisor(int bin) => _counts[bin] == 0 ? double.NaN : _counts[bin];
}
