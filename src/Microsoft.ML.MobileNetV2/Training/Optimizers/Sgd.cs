using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Implements stochastic gradient descent with momentum, as <c>torch.optim.SGD</c> defines it.</summary>
internal sealed class Sgd(SgdOptions options, IReadOnlyList<ParameterGroup> groups) : Optimizer(groups)
{
    private readonly float[] _velocity = options.Momentum > 0 ? CreateState(groups) : [];
    private readonly float _momentum = (float)options.Momentum;
    private readonly bool _useNesterov = options.UseNesterov;

    internal override IReadOnlyList<float[]> State => _velocity.Length > 0 ? [_velocity] : [];

    protected override void BeginStep()
    {
    }

    protected override void Update(ParameterGroup chunk, Span<float> parameters, Span<float> gradients)
    {
        if (chunk.WeightDecay > 0)
        {
            TensorPrimitives.MultiplyAdd(parameters, (float)chunk.WeightDecay, gradients, gradients);
        }

        Span<float> step = gradients;
        if (_momentum > 0)
        {
            Span<float> velocity = chunk.Of(_velocity);
            TensorPrimitives.MultiplyAdd(velocity, _momentum, gradients, velocity);
            if (_useNesterov)
            {
                TensorPrimitives.MultiplyAdd(velocity, _momentum, gradients, gradients);
            }
            else
            {
                step = velocity;
            }
        }

        TensorPrimitives.MultiplyAdd(step, (float)-(LearningRate * chunk.LearningRateFactor), parameters, parameters);
    }
}
