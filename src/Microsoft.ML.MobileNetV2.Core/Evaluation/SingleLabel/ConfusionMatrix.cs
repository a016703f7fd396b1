using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents how many images of each class were predicted as which class, or rejected as unknown. Immutable.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;
    private readonly int[] _rejected;

    internal ConfusionMatrix(IReadOnlyList<string> classes, int[] counts, int[] rejected)
    {
        Classes = classes;
        _counts = counts;
        _rejected = rejected;
    }

    /// <summary>Gets the names of the classes, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets the number of images of one class that were predicted as a class, and not rejected.</summary>
    /// <param name="label">The index of the true class.</param>
    /// <param name="predicted">The index of the predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public int this[int label, int predicted]
    {
        get
        {
            RequireIndex(label, nameof(label));
            RequireIndex(predicted, nameof(predicted));
            return _counts[(label * Classes.Count) + predicted];
        }
    }

    /// <summary>Returns the number of images of a class that were rejected as unknown.</summary>
    /// <param name="label">The index of the true class.</param>
    /// <returns>The number of images.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is out of range.</exception>
    public int GetRejectedCount(int label)
    {
        RequireIndex(label, nameof(label));
        return _rejected[label];
    }

    /// <summary>Returns the pairs of classes that are confused most often.</summary>
    /// <param name="count">The largest number of pairs.</param>
    /// <returns>Pairs with at least one image, the most frequent first; where two are as frequent, in the order of rows and columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<ConfusedPair> GetMostConfused(int count = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int classes = Classes.Count;
        return [.. Enumerable.Range(0, _counts.Length)
            .Where(cell => _counts[cell] > 0 && cell / classes != cell % classes)
            .OrderByDescending(cell => _counts[cell])
            .Take(count)
            .Select(cell => new ConfusedPair(Classes[cell / classes], Classes[cell % classes], _counts[cell], SupportOf(cell / classes)))];
    }

    internal ClassMetrics MetricsOf(int index)
    {
        int correct = this[index, index];
        int predicted = Enumerable.Range(0, Classes.Count).Sum(row => this[row, index]);
        return new(Classes[index], correct, predicted - correct, SupportOf(index) - correct);
    }

    private int SupportOf(int row) => TensorPrimitives.Sum<int>(_counts.AsSpan(row * Classes.Count, Classes.Count)) + _rejected[row];

    private void RequireIndex(int index, string name)
    {
        if ((uint)index >= (uint)Classes.Count)
        {
            throw new ArgumentOutOfRangeException(name, index, $"There are {Classes.Count} classes.");
        }
    }
}
