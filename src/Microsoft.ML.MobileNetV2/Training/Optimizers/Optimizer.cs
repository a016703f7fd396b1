using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Updates parameters after each batch; keeps its state between steps.</summary>
internal abstract class Optimizer : IParallelBody
{
    /// <summary>Numbers that are updated together: their arrays stay in the first cache through all operations.</summary>
    private const int ChunkLength = 1024;

    private readonly ParameterGroup[] _chunks;
    private readonly int _chunksPerPart;
    private float[] _parameters = [];
    private float[] _gradients = [];

    protected Optimizer(IReadOnlyList<ParameterGroup> groups)
    {
        _chunks = [.. groups.SelectMany(group => group.Cut(ChunkLength))];
        const int MinChunksPerPart = 32;
        _chunksPerPart = Math.Max(MinChunksPerPart, _chunks.Length / (4 * Environment.ProcessorCount));
    }

    /// <summary>Gets or sets the number of steps that were taken.</summary>
    internal int StepCount { get; set; }

    /// <summary>Gets what the optimizer remembers from one step to the next, besides their number.</summary>
    internal abstract IReadOnlyList<float[]> State { get; }

    /// <summary>Gets the learning rate of the step, before the factor of a group.</summary>
    protected double LearningRate { get; private set; }

    void IParallelBody.RunPart(int part)
    {
        int end = Math.Min(_chunks.Length, (part + 1) * _chunksPerPart);
        for (int i = part * _chunksPerPart; i < end; i++)
        {
            Update(_chunks[i], _chunks[i].Of(_parameters), _chunks[i].Of(_gradients));
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

    /// <summary>Returns an array for one state value of each parameter.</summary>
    protected static float[] CreateState(IReadOnlyList<ParameterGroup> groups) => new float[groups.Max(group => group.End)];

    protected abstract void BeginStep();

    /// <summary>Updates a part of a group.</summary>
    protected abstract void Update(ParameterGroup chunk, Span<float> parameters, Span<float> gradients);
}
