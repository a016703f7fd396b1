using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Steps against the gradient with momentum, as <c>torch.optim.SGD</c> defines it.</summary>
internal sealed class Sgd(SgdOptions options, HeadShape shape) : Optimizer(shape)
{
    private readonly float[] _velocity = new float[options.Momentum > 0 ? shape.ParameterCount : 0];
    private readonly float _momentum = (float)options.Momentum;
    private readonly float _weightDecay = (float)options.WeightDecay;
    private readonly bool _isNesterov = options.UseNesterov;

    protected override void BeginStep()
    {
    }

    protected override void Update(Chunk chunk, Span<float> parameters, Span<float> gradients)
    {
        if (chunk.Decays && _weightDecay > 0)
        {
            TensorPrimitives.MultiplyAdd(parameters, _weightDecay, gradients, gradients);
        }

        Span<float> step = gradients;
        if (_momentum > 0)
        {
            Span<float> velocity = _velocity.AsSpan(chunk.Start, chunk.Length);
            TensorPrimitives.MultiplyAdd(velocity, _momentum, gradients, velocity);
            if (_isNesterov)
            {
                TensorPrimitives.MultiplyAdd(velocity, _momentum, gradients, gradients);
            }
            else
            {
                step = velocity;
            }
        }

        TensorPrimitives.MultiplyAdd(step, (float)-LearningRate, parameters, parameters);
    }
}
