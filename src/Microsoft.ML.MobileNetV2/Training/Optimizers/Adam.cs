using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Implements Adam, as <c>torch.optim.Adam</c> and <c>AdamW</c> define it.</summary>
internal sealed class Adam(AdamOptions options, IReadOnlyList<ParameterGroup> groups) : Optimizer(groups)
{
    private readonly float[] _mean = CreateState(groups);
    private readonly float[] _meanSquare = CreateState(groups);
    private double _correction;
    private float _inverseRootCorrection;

    internal override IReadOnlyList<float[]> State => [_mean, _meanSquare];

    protected override void BeginStep()
    {
        _correction = 1 - Math.Pow(options.Beta1, StepCount);
        _inverseRootCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, StepCount)));
    }

    /// <summary>Updates in one pass: operation by operation, the memory traffic would take several times as long.</summary>
    protected override void Update(ParameterGroup chunk, Span<float> parameters, Span<float> gradients)
    {
        double learningRate = LearningRate * chunk.LearningRateFactor;
        Scales scales = new(
            (float)(learningRate / _correction),
            options.UseDecoupledWeightDecay ? (float)(1 - learningRate * chunk.WeightDecay) : 1,
            options.UseDecoupledWeightDecay ? 0 : (float)chunk.WeightDecay);
        Span<float> mean = chunk.Of(_mean);
        Span<float> meanSquare = chunk.Of(_meanSquare);
        int vectors = UpdateVectors(parameters, gradients, mean, meanSquare, scales);
        for (int i = vectors * Vector<float>.Count; i < parameters.Length; i++)
        {
            float gradient = gradients[i] + scales.Added * parameters[i];
            mean[i] += (float)(1 - options.Beta1) * (gradient - mean[i]);
            meanSquare[i] += (float)(1 - options.Beta2) * (gradient * gradient - meanSquare[i]);
            float divisor = MathF.Sqrt(meanSquare[i]) * _inverseRootCorrection + (float)options.Epsilon;
            parameters[i] = scales.Kept * parameters[i] - scales.Step * (mean[i] / divisor);
        }
    }

    private int UpdateVectors(
        Span<float> parameters, Span<float> gradients, Span<float> mean, Span<float> meanSquare, Scales scales)
    {
        Span<Vector<float>> p = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        Span<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        Span<Vector<float>> m = MemoryMarshal.Cast<float, Vector<float>>(mean);
        Span<Vector<float>> v = MemoryMarshal.Cast<float, Vector<float>>(meanSquare);
        Vector<float> newFraction = new((float)(1 - options.Beta1));
        Vector<float> newSquareFraction = new((float)(1 - options.Beta2));
        Vector<float> correction = new(_inverseRootCorrection);
        Vector<float> epsilon = new((float)options.Epsilon);
        for (int i = 0; i < p.Length; i++)
        {
            Vector<float> gradient = g[i] + scales.Added * p[i];
            m[i] += newFraction * (gradient - m[i]);
            v[i] += newSquareFraction * (gradient * gradient - v[i]);
            Vector<float> divisor = Vector.SquareRoot(v[i]) * correction + epsilon;
            p[i] = scales.Kept * p[i] - scales.Step * (m[i] / divisor);
        }

        return p.Length;
    }

    /// <summary>Represents the factors of one update: on the step, on the parameter that is kept, and on the parameter that is added to its gradient.</summary>
    private readonly record struct Scales(float Step, float Kept, float Added);
}
