using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Copies all that an epoch changes into one array, and back.</summary>
internal sealed class Snapshot(TrainableNetwork network, HeadNetwork head)
{
    internal int Length => network.Parameters.Length + head.Parameters.Length + network.State.BatchNorms.Sum(norm => 2 * norm.Padded);

    internal float[] Take()
    {
        float[] values = new float[Length];
        Copy(values, isTaking: true);
        return values;
    }

    internal void Restore(float[] values) => Copy(values, isTaking: false);

    private void Copy(Span<float> values, bool isTaking)
    {
        IEnumerable<float[]> parts = network.State.BatchNorms
            .SelectMany(norm => new[] { norm.RunningMean, norm.RunningVariance })
            .Prepend(head.Parameters)
            .Prepend(network.Parameters);
        foreach (float[] part in parts)
        {
            if (isTaking)
            {
                part.CopyTo(values);
            }
            else
            {
                values[..part.Length].CopyTo(part);
            }

            values = values[part.Length..];
        }
    }
}
