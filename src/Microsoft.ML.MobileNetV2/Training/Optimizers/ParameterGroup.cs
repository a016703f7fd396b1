namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Represents a run of the flat parameter array that is updated in the same way; parameters of no group stay as they are.</summary>
internal readonly record struct ParameterGroup
{
    public ParameterGroup()
    {
    }

    /// <summary>Gets the index of the first parameter.</summary>
    internal required int Start { get; init; }

    /// <summary>Gets the number of parameters.</summary>
    internal required int Length { get; init; }

    /// <summary>Gets the weight decay.</summary>
    internal double WeightDecay { get; init; }

    /// <summary>Gets the factor on the learning rate.</summary>
    internal double LearningRateFactor { get; init; } = 1;

    internal int End => Start + Length;

    internal Span<float> Of(float[] values) => values.AsSpan(Start, Length);

    /// <summary>Cuts the group into groups of at most <paramref name="length"/> parameters.</summary>
    internal IEnumerable<ParameterGroup> Cut(int length)
    {
        for (int offset = 0; offset < Length; offset += length)
        {
            yield return this with { Start = Start + offset, Length = Math.Min(length, Length - offset) };
        }
    }
}
