using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>
/// Mixes each image of a batch with another one, and their targets in the same ratio: MixUp adds them up (arXiv:1710.09412), CutMix puts a box of one
/// into the other (arXiv:1905.04899). Where the first blocks are frozen, it is their output that is mixed.
/// </summary>
/// <remarks>What is drawn follows from seed and step, so that a training that is resumed goes on with the same.</remarks>
/// <param name="options">How strongly images are mixed.</param>
/// <param name="seed">The seed of the training.</param>
/// <param name="layout">How an image lies in memory.</param>
internal sealed class ImageMixture(FineTuningOptions options, int seed, InputLayout layout)
{
    private int[] _partners = [];
    private float _ratio;
    private (int X, int Y, int Width, int Height)? _box;

    /// <summary>Draws what is mixed with what, and mixes the targets.</summary>
    /// <param name="step">The step of the training.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">The rows of the batch.</param>
    internal void Begin(int step, BatchLoader batch, int rows)
    {
        Random random = new(HashCodeOf(seed, step));
        _partners = [.. Enumerable.Range(0, rows)];
        random.Shuffle(_partners);
        bool isCut = options.CutMixAlpha > 0 && (options.MixUpAlpha == 0 || random.Next(2) == 0);
        _ratio = (float)BetaDistribution.Sample(random, isCut ? options.CutMixAlpha : options.MixUpAlpha);
        _box = null;
        if (isCut)
        {
            _box = DrawBox(random);
            _ratio = 1 - (float)(_box.Value.Width * _box.Value.Height) / (layout.Side * layout.Side);
        }

        Mix(batch.Targets, batch.Targets.Length / batch.Weights.Length);
        Mix(batch.Weights, 1);
    }

    /// <summary>Returns the row with which a row of the batch is mixed.</summary>
    internal int PartnerOf(int row) => _partners[row];

    /// <summary>Mixes an image with its partner.</summary>
    internal void Apply(Span<float> image, ReadOnlySpan<float> partner)
    {
        if (_box is not { } box)
        {
            TensorPrimitives.Multiply(image, _ratio, image);
            TensorPrimitives.MultiplyAdd(partner, 1 - _ratio, image, image);
            return;
        }

        for (int plane = 0; plane < layout.Planes; plane++)
        {
            for (int y = box.Y; y < box.Y + box.Height; y++)
            {
                int start = ((plane * layout.Side + y) * layout.Side + box.X) * layout.Channels;
                partner.Slice(start, box.Width * layout.Channels).CopyTo(image[start..]);
            }
        }
    }

    // HashCode of the framework differs from process to process.
    private static int HashCodeOf(int seed, int step) => unchecked((seed * 0x01000193 ^ step) * 0x5BD1E995 ^ 0x4375744D);

    private (int X, int Y, int Width, int Height) DrawBox(Random random)
    {
        double half = Math.Sqrt(1 - _ratio) * layout.Side / 2;
        (int left, int right) = Span(random.NextDouble() * layout.Side);
        (int top, int bottom) = Span(random.NextDouble() * layout.Side);
        return (left, top, right - left, bottom - top);

        // A box at the border is cut off there.
        (int Start, int End) Span(double center) =>
            ((int)Math.Clamp(Math.Round(center - half), 0, layout.Side), (int)Math.Clamp(Math.Round(center + half), 0, layout.Side));
    }

    private void Mix(float[] values, int columns)
    {
        float[] originals = [.. values];
        for (int i = 0; i < _partners.Length; i++)
        {
            Span<float> row = values.AsSpan(i * columns, columns);
            TensorPrimitives.Multiply(row, _ratio, row);
            TensorPrimitives.MultiplyAdd(originals.AsSpan(_partners[i] * columns, columns), 1 - _ratio, row, row);
        }
    }
}
