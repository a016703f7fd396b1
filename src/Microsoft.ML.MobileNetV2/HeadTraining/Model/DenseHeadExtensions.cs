using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Changes the outputs of a head, to continue training with classes added or removed.</summary>
internal static class DenseHeadExtensions
{
    /// <summary>Stands for an output that the head does not have yet.</summary>
    internal const int NewOutput = -1;

    /// <summary>Creates a head with other outputs: those that are kept have their weights, new ones start as the mean of all, the others are dropped.</summary>
    /// <param name="head">The head to start from; it is not changed.</param>
    /// <param name="sources">For each output of the new head, the output of <paramref name="head"/> that it was, or <see cref="NewOutput"/>.</param>
    /// <returns>The new head.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There are no outputs, one is used twice, or <paramref name="head"/> lacks it.</exception>
    internal static DenseHead WithOutputs(this DenseHead head, IReadOnlyList<int> sources)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(sources);
        Require(sources, head.OutputCount);
        DenseLayer last = head.Layers[^1];
        float[] weights = new float[sources.Count * last.InputCount];
        float[] bias = new float[sources.Count];
        (float[] meanWeights, float meanBias) = MeanOf(last);
        for (int i = 0; i < sources.Count; i++)
        {
            bool isNew = sources[i] == NewOutput;
            ReadOnlySpan<float> row = isNew ? meanWeights : last.Weights.Span.Slice(sources[i] * last.InputCount, last.InputCount);
            row.CopyTo(weights.AsSpan(i * last.InputCount));
            bias[i] = isNew ? meanBias : last.Bias.Span[sources[i]];
        }

        return new([.. head.Layers.SkipLast(1), new(last.InputCount, sources.Count, last.Activation, weights, bias)]);
    }

    /// <summary>Returns an output that is as likely as the others: softmax leaves the level of logits open, so 0 may be far too much.</summary>
    private static (float[] Weights, float Bias) MeanOf(DenseLayer layer)
    {
        float[] sum = new float[layer.InputCount];
        for (int unit = 0; unit < layer.UnitCount; unit++)
        {
            TensorPrimitives.Add(sum, layer.Weights.Span.Slice(unit * layer.InputCount, layer.InputCount), sum);
        }

        TensorPrimitives.Divide(sum, layer.UnitCount, sum);
        return (sum, TensorPrimitives.Sum(layer.Bias.Span) / layer.UnitCount);
    }

    private static void Require(IReadOnlyList<int> sources, int outputCount)
    {
        if (sources.Count == 0)
        {
            throw new ArgumentException("A head needs at least one output.", nameof(sources));
        }

        HashSet<int> seen = [];
        foreach (int source in sources)
        {
            if (source != NewOutput && (source < 0 || source >= outputCount))
            {
                throw new ArgumentException(FormattableString.Invariant($"There is no output {source}; the head has {outputCount}."), nameof(sources));
            }

            if (source != NewOutput && !seen.Add(source))
            {
                throw new ArgumentException($"Output {source} is used twice.", nameof(sources));
            }
        }
    }
}
