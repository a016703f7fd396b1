using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Evaluation;

/// <summary>Finds the classes of labels, and checks what comes with them.</summary>
internal sealed class ClassIndex
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentNullException">The list of classes, or one of them, is null.</exception>
    /// <exception cref="ArgumentException">There is no class, or a name stands for two.</exception>
    internal ClassIndex(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count == 0)
        {
            throw new ArgumentException("There is no class; expected the names of all classes in the order of the scores.", nameof(classes));
        }

        Names = [.. classes];
        for (int index = 0; index < classes.Count; index++)
        {
            string name = classes[index] ?? throw new ArgumentNullException(nameof(classes), FormattableString.Invariant($"The name of class {index} is null."));
            if (!_indices.TryAdd(name, index))
            {
                throw new ArgumentException($"Two classes are named '{name}'; a label of this name could be either.", nameof(classes));
            }
        }
    }

    internal IReadOnlyList<string> Names { get; }

    internal static SkippedImage SkipMissing(string id, string label) =>
        new(id, label, SkippedReason.MissingScores, $"'{id}' has a score that is NaN; expected a number for each class.");

    internal static bool HasMissing(ReadOnlySpan<float> scores) => float.IsNaN(TensorPrimitives.Max(scores));

    internal static bool HasOtherThanProbabilities(ReadOnlySpan<float> scores)
    {
        // Rounding errors of softmax stay well below.
        const float Tolerance = 1e-4f;
        return TensorPrimitives.Min(scores) < 0 || TensorPrimitives.Max(scores) > 1 + Tolerance;
    }

    /// <summary>Returns the index of a class; below 0 where there is none of the name.</summary>
    internal int Find(string label) => _indices.TryGetValue(label, out int index) ? index : -1;

    internal SkippedImage SkipUnknown(string id, IEnumerable<string> labels)
    {
        const int Shown = 5;
        string unknown = string.Join(", ", labels.Where(label => Find(label) < 0));
        string known = string.Join(", ", Names.Take(Shown)) + (Names.Count > Shown ? ", …" : string.Empty);
        return new(
            id, unknown, SkippedReason.UnknownLabel, $"'{id}' has the label '{unknown}', which is none of the {Names.Count} classes ({known}).");
    }

    /// <exception cref="ArgumentException">There is not one score for each class.</exception>
    internal void RequireScores(string id, ReadOnlySpan<float> scores)
    {
        if (scores.Length != Names.Count)
        {
            throw new ArgumentException($"'{id}' has {scores.Length} scores; expected one for each of the {Names.Count} classes.", nameof(scores));
        }
    }
}
