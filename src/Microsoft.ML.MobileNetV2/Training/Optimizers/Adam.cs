using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Steps by the mean gradient over the root of the mean squared gradient, as <c>torch.optim.Adam</c> and <c>AdamW</c> define it.</summary>
internal sealed class Adam(AdamSettings settings, HeadShape shape) : Optimizer(shape)
{
    private readonly float[] _mean = new float[shape.ParameterCount];
    private readonly float[] _meanSquare = new float[shape.ParameterCount];
    private float _stepSize;
    private float _inverseRootCorrection;

    protected override void BeginStep()
    {
        _stepSize = (float)(LearningRate / (1 - Math.Pow(settings.Beta1, StepCount)));
        _inverseRootCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(settings.Beta2, StepCount)));
    }

    /// <summary>Updates in one pass: operation by operation, the memory traffic would take several times as long.</summary>
    protected override void Update(Chunk chunk, Span<float> parameters, Span<float> gradients)
    {
        float decay = chunk.Decays ? (float)settings.WeightDecay : 0;
        float kept = settings.IsDecoupled ? (float)(1 - LearningRate * (chunk.Decays ? settings.WeightDecay : 0)) : 1;
        float added = settings.IsDecoupled ? 0 : decay;
        Span<float> mean = _mean.AsSpan(chunk.Start, chunk.Length);
        Span<float> meanSquare = _meanSquare.AsSpan(chunk.Start, chunk.Length);
        int vectors = UpdateVectors(parameters, gradients, mean, meanSquare, kept, added);
        for (int i = vectors * Vector<float>.Count; i < parameters.Length; i++)
        {
            float gradient = gradients[i] + added * parameters[i];
            mean[i] += (float)(1 - settings.Beta1) * (gradient - mean[i]);
            meanSquare[i] += (float)(1 - settings.Beta2) * (gradient * gradient - meanSquare[i]);
            float divisor = MathF.Sqrt(meanSquare[i]) * _inverseRootCorrection + (float)settings.Epsilon;
            parameters[i] = kept * parameters[i] - _stepSize * (mean[i] / divisor);
        }
    }

    private int UpdateVectors(
        Span<float> parameters, Span<float> gradients, Span<float> mean, Span<float> meanSquare, float kept, float added)
    {
        Span<Vector<float>> p = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        Span<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        Span<Vector<float>> m = MemoryMarshal.Cast<float, Vector<float>>(mean);
        Span<Vector<float>> v = MemoryMarshal.Cast<float, Vector<float>>(meanSquare);
        Vector<float> newShare = new((float)(1 - settings.Beta1));
        Vector<float> newSquareShare = new((float)(1 - settings.Beta2));
        Vector<float> correction = new(_inverseRootCorrection);
        Vector<float> epsilon = new((float)settings.Epsilon);
        for (int i = 0; i < p.Length; i++)
        {
            Vector<float> gradient = g[i] + added * p[i];
            m[i] += newShare * (gradient - m[i]);
            v[i] += newSquareShare * (gradient * gradient - v[i]);
            Vector<float> divisor = Vector.SquareRoot(v[i]) * correction + epsilon;
            p[i] = kept * p[i] - _stepSize * (m[i] / divisor);
        }

        return p.Length;
    }
}
