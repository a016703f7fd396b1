using System.Buffers;
using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents a trained head: the dense layers from the features to the scores.</summary>
/// <remarks>Immutable and safe to use from several threads.</remarks>
public sealed class DenseHead
{
    /// <summary>Rows that pass through the layers together.</summary>
    private const int RowsPerPass = 256;

    private readonly DenseLayer[] _layers;
    private readonly int _widest;

    /// <summary>Initializes a head from its layers.</summary>
    /// <param name="layers">At least one; each takes what the one before gives.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layers"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no layer, or two layers do not fit.</exception>
    internal DenseHead(IEnumerable<DenseLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        _layers = [.. layers];
        if (_layers.Length == 0)
        {
            throw new ArgumentException("A head needs at least one layer.", nameof(layers));
        }

        _widest = _layers.Max(layer => layer.UnitCount);
        for (int i = 1; i < _layers.Length; i++)
        {
            if (_layers[i].InputCount != _layers[i - 1].UnitCount)
            {
                throw new ArgumentException(
                    $"Layer {i} takes {_layers[i].InputCount} inputs, but layer {i - 1} gives {_layers[i - 1].UnitCount}.", nameof(layers));
            }
        }
    }

    /// <summary>Gets the layers, from the features to the scores.</summary>
    internal IReadOnlyList<DenseLayer> Layers => _layers;

    /// <summary>Gets the number of features of a row.</summary>
    public int InputCount => _layers[0].InputCount;

    /// <summary>Gets the number of scores of a row.</summary>
    public int OutputCount => _layers[^1].UnitCount;

    /// <summary>Computes the scores of one or more rows: the last layer's outputs after its activation.</summary>
    /// <param name="features">The features, row by row.</param>
    /// <returns>The scores, row by row.</returns>
    /// <exception cref="ArgumentException"><paramref name="features"/> is not whole rows.</exception>
    public float[] Predict(ReadOnlySpan<float> features)
    {
        float[] scores = new float[RowsOf(features) * OutputCount];
        Predict(features, scores);
        return scores;
    }

    /// <summary>Computes the scores of one or more rows: the last layer's outputs after its activation.</summary>
    /// <param name="features">The features, row by row.</param>
    /// <param name="scores">Receives the scores, row by row.</param>
    /// <exception cref="ArgumentException"><paramref name="features"/> is not whole rows, or <paramref name="scores"/> is too short.</exception>
    public void Predict(ReadOnlySpan<float> features, Span<float> scores)
    {
        GetLogits(features, scores);
        Span<float> computed = scores[..(RowsOf(features) * OutputCount)];
        ActivationFunction.Of(_layers[^1].Activation).Apply(computed, computed, OutputCount);
    }

    /// <summary>Computes the logits of one or more rows: the last layer's weighted sums before its activation.</summary>
    /// <param name="features">The features, row by row.</param>
    /// <param name="logits">Receives the logits, row by row.</param>
    /// <exception cref="ArgumentException"><paramref name="features"/> is not whole rows, or <paramref name="logits"/> is too short.</exception>
    public void GetLogits(ReadOnlySpan<float> features, Span<float> logits)
    {
        int rows = RowsOf(features);
        if (logits.Length < (long)rows * OutputCount)
        {
            throw new ArgumentException($"{rows} rows give {(long)rows * OutputCount} numbers; there is room for {logits.Length}.", nameof(logits));
        }

        for (int start = 0; start < rows; start += RowsPerPass)
        {
            int count = Math.Min(RowsPerPass, rows - start);
            Compute(features.Slice(start * InputCount, count * InputCount), logits.Slice(start * OutputCount, count * OutputCount), count);
        }
    }

    private void Compute(ReadOnlySpan<float> features, Span<float> logits, int rows)
    {
        float[] memory = ArrayPool<float>.Shared.Rent(2 * rows * _widest);
        ReadOnlySpan<float> inputs = features;
        for (int i = 0; i < _layers.Length; i++)
        {
            DenseLayer layer = _layers[i];
            bool isLast = i == _layers.Length - 1;
            Span<float> outputs = isLast ? logits : memory.AsSpan(i % 2 * rows * _widest, rows * layer.UnitCount);
            DenseMath.Forward(inputs, layer.Weights.Span, layer.Bias.Span, outputs, rows);
            if (!isLast)
            {
                ActivationFunction.Of(layer.Activation).Apply(outputs, outputs, layer.UnitCount);
            }

            inputs = outputs;
        }

        ArrayPool<float>.Shared.Return(memory);
    }

    private int RowsOf(ReadOnlySpan<float> features) => features.Length % InputCount == 0
        ? features.Length / InputCount
        : throw new ArgumentException($"{features.Length} features are not whole rows of {InputCount}.", nameof(features));
}
