namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Counts for each class how often it was the label, was predicted, and was predicted correctly.</summary>
internal sealed class ClassCounts(int classCount)
{
    private readonly double[] _actual = new double[classCount];
    private readonly double[] _predicted = new double[classCount];
    private readonly double[] _right = new double[classCount];

    /// <summary>Gets or sets all counts.</summary>
    internal double[] Sums
    {
        get => [.. _actual, .. _predicted, .. _right];
        set
        {
            value.AsSpan(0, classCount).CopyTo(_actual);
            value.AsSpan(classCount, classCount).CopyTo(_predicted);
            value.AsSpan(2 * classCount, classCount).CopyTo(_right);
        }
    }

    internal void AddActual(int label, double weight) => _actual[label] += weight;

    internal void AddPredicted(int label, double weight, bool isRight)
    {
        _predicted[label] += weight;
        _right[label] += isRight ? weight : 0;
    }

    internal double MeanRecall() => MeanOverPresent(i => _right[i] / _actual[i]);

    /// <summary>Returns the mean over the classes of 2·right / (predicted + actual).</summary>
    internal double MeanF1() => MeanOverPresent(i => 2 * _right[i] / (_predicted[i] + _actual[i]));

    private double MeanOverPresent(Func<int, double> value)
    {
        int[] present = [.. Enumerable.Range(0, _actual.Length).Where(i => _actual[i] > 0)];
        return present.Length == 0 ? double.NaN : present.Average(value);
    }
}
