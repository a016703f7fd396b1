using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Represents what a teacher thinks of each row: the other target of rows with labels, and the only one of rows without.</summary>
/// <param name="logits">The logits of the teacher, row by row.</param>
/// <param name="isLabeled">Tells which rows have a label; for the others <see cref="HeadTargets"/> has the teacher's best class.</param>
/// <param name="temperature">The number by which logits are divided.</param>
/// <param name="labelWeight">How much labels count, from 0 to 1.</param>
internal sealed class TeacherScores(ReadOnlyMemory<float> logits, IReadOnlyList<bool> isLabeled, double temperature, double labelWeight)
{
    /// <summary>Gets the logits of all rows.</summary>
    internal ReadOnlySpan<float> Logits => logits.Span;

    internal int RowCount => isLabeled.Count;

    internal double Temperature => temperature;

    internal double LabelWeight => labelWeight;

    /// <summary>Gets the loss that learns from them.</summary>
    internal DistillationLoss Loss { get; } = new(temperature, labelWeight);

    /// <summary>Gets a value indicating whether a row has a label.</summary>
    internal bool IsLabeled(int row) => isLabeled[row];

    /// <summary>Writes the scores of the teacher where a row has no label.</summary>
    internal void ReplaceMissingLabel(int row, Span<float> target)
    {
        if (!isLabeled[row])
        {
            StableSoftmax.Compute(LogitsOf(row, target.Length), target);
        }
    }

    /// <summary>Makes the target of a label that of the loss.</summary>
    internal void Mix(int row, Span<float> target)
    {
        float[] memory = ArrayPool<float>.Shared.Rent(target.Length);
        Span<float> scores = memory.AsSpan(0, target.Length);
        TensorPrimitives.Divide(LogitsOf(row, target.Length), (float)temperature, scores);
        StableSoftmax.Compute(scores, scores);
        Loss.Mix(target, scores);
        ArrayPool<float>.Shared.Return(memory);
    }

    private ReadOnlySpan<float> LogitsOf(int row, int count) => logits.Span.Slice(row * count, count);
}
