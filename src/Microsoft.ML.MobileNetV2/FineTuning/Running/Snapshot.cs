using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Copies all that an epoch changes into one array, and back.</summary>
internal sealed class Snapshot(TrainableNetwork network, HeadNetwork head)
{
    private readonly float[][] _parts =
    [
        network.Parameters,
        head.Parameters,
        .. network.State.BatchNorms.SelectMany(norm => new[] { norm.RunningMean, norm.RunningVariance }),
    ];

    internal int Length => _parts.Sum(part => part.Length);

    internal float[] Take()
    {
        float[] values = new float[Length];
        ForEachPart(values, (part, copy) => part.CopyTo(copy));
        return values;
    }

    internal void Restore(float[] values) => ForEachPart(values, (part, copy) => copy.CopyTo(part));

    /// <summary>Moves values by a fraction of the way to those of now.</summary>
    internal void MoveTowards(float[] values, float fraction) => ForEachPart(values, (part, copy) =>
    {
        TensorPrimitives.Multiply(copy, 1 - fraction, copy);
        TensorPrimitives.MultiplyAdd(part, fraction, copy, copy);
    });

    private void ForEachPart(float[] values, PartAction action)
    {
        int start = 0;
        foreach (float[] part in _parts)
        {
            action(part, values.AsSpan(start, part.Length));
            start += part.Length;
        }
    }

    private delegate void PartAction(float[] part, Span<float> copy);
}
