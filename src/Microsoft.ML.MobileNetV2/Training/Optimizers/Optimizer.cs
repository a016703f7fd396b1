using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Changes the weights after each batch; keeps what the rule remembers between steps.</summary>
internal abstract class Optimizer : IParallelBody
{
    /// <summary>Numbers that are updated together: their arrays stay in the first cache through all operations.</summary>
    private const int ChunkLength = 1024;

    private readonly Chunk[] _chunks;
    private readonly int _chunksPerPart;
    private float[] _parameters = [];
    private float[] _gradients = [];

    protected Optimizer(HeadShape shape)
    {
        _chunks = [.. shape.Layers.SelectMany(ChunksOf)];
        const int MinChunksPerPart = 32;
        _chunksPerPart = Math.Max(MinChunksPerPart, _chunks.Length / (4 * Environment.ProcessorCount));
    }

    /// <summary>Gets the number of steps that were taken.</summary>
    protected int StepCount { get; private set; }

    protected double LearningRate { get; private set; }

    void IParallelBody.RunPart(int part)
    {
        int end = Math.Min(_chunks.Length, (part + 1) * _chunksPerPart);
        for (int i = part * _chunksPerPart; i < end; i++)
        {
            Chunk chunk = _chunks[i];
            Update(chunk, _parameters.AsSpan(chunk.Start, chunk.Length), _gradients.AsSpan(chunk.Start, chunk.Length));
        }
    }

    /// <summary>Takes one step; the gradients may be overwritten.</summary>
    internal void Step(float[] parameters, float[] gradients, double learningRate)
    {
        _parameters = parameters;
        _gradients = gradients;
        LearningRate = learningRate;
        StepCount++;
        BeginStep();
        ParallelLoop.Run((_chunks.Length + _chunksPerPart - 1) / _chunksPerPart, this);
    }

    protected abstract void BeginStep();

    protected abstract void Update(Chunk chunk, Span<float> parameters, Span<float> gradients);

    private static IEnumerable<Chunk> ChunksOf(LayerShape layer) =>
        Cut(layer.WeightStart, layer.WeightCount, decays: true).Concat(Cut(layer.BiasStart, layer.Units, decays: false));

    private static IEnumerable<Chunk> Cut(int start, int length, bool decays)
    {
        for (int offset = 0; offset < length; offset += ChunkLength)
        {
            yield return new(start + offset, Math.Min(ChunkLength, length - offset), decays);
        }
    }

    /// <summary>Is a run of parameters; <paramref name="Decays"/> tells weights from biases.</summary>
    protected readonly record struct Chunk(int Start, int Length, bool Decays);
}
