using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2;

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

    protected override void Update(Chunk chunk, Span<float> parameters, Span<float> gradients, Span<float> scratch)
    {
        Decay(chunk, parameters, gradients);
        Span<float> mean = _mean.AsSpan(chunk.Start, chunk.Length);
        Span<float> meanSquare = _meanSquare.AsSpan(chunk.Start, chunk.Length);

        TensorPrimitives.Multiply(gradients, (float)(1 - settings.Beta1), scratch);
        TensorPrimitives.MultiplyAdd(mean, (float)settings.Beta1, scratch, mean);

        TensorPrimitives.Multiply(gradients, gradients, scratch);
        TensorPrimitives.Multiply(scratch, (float)(1 - settings.Beta2), scratch);
        TensorPrimitives.MultiplyAdd(meanSquare, (float)settings.Beta2, scratch, meanSquare);

        TensorPrimitives.Sqrt(meanSquare, scratch);
        TensorPrimitives.Multiply(scratch, _inverseRootCorrection, scratch);
        TensorPrimitives.Add(scratch, (float)settings.Epsilon, scratch);
        TensorPrimitives.Divide(mean, scratch, scratch);
        TensorPrimitives.MultiplyAdd(scratch, -_stepSize, parameters, parameters);
    }

    private void Decay(Chunk chunk, Span<float> parameters, Span<float> gradients)
    {
        if (!chunk.Decays || settings.WeightDecay == 0)
        {
            return;
        }

        if (settings.IsDecoupled)
        {
            TensorPrimitives.Multiply(parameters, (float)(1 - LearningRate * settings.WeightDecay), parameters);
        }
        else
        {
            TensorPrimitives.MultiplyAdd(parameters, (float)settings.WeightDecay, gradients, gradients);
        }
    }
}
