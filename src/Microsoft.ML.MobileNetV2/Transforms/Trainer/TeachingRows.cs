using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents what a teacher says of rows.</summary>
/// <param name="ClassNames">The names of the teacher's classes.</param>
/// <param name="Logits">Its logits, row by row.</param>
internal sealed record TeachingRows(IReadOnlyList<string> ClassNames, ReadOnlyMemory<float> Logits)
{
    internal int BestClassOf(int row) => TensorPrimitives.IndexOfMax(LogitsOf(row));

    /// <summary>Returns the same of some of the rows.</summary>
    internal TeachingRows Take(int[] rows)
    {
        float[] logits = new float[rows.Length * ClassNames.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            LogitsOf(rows[i]).CopyTo(logits.AsSpan(i * ClassNames.Count));
        }

        return this with { Logits = logits };
    }

    private ReadOnlySpan<float> LogitsOf(int row) => Logits.Span.Slice(row * ClassNames.Count, ClassNames.Count);
}
