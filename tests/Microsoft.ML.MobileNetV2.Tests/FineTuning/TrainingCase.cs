using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.FineTuning;

/// <summary>Runs a network in training with a dense layer and softmax cross-entropy behind it, computed in float64.</summary>
internal sealed class TrainingCase
{
    private readonly int[] _labels;
    private readonly float[] _weight;
    private readonly float[] _bias;
    private readonly float[] _input;
    private readonly ParameterMap _map;
    private readonly double[] _weightGradient;
    private readonly double[] _biasGradient;
    private readonly List<Optimizer> _optimizers = [];

    internal TrainingCase(TrainingShape shape, MobileNetV2Weights weights, int[] labels, float[] input, TrainingKernels? kernels = null)
    {
        Network = new(shape, kernels);
        _map = new(Network.State);
        _map.Load(weights);
        _labels = labels;
        _input = input;
        (_weight, _bias) = weights.GetClassifier();
        _weightGradient = new double[_weight.Length];
        _biasGradient = new double[_bias.Length];
    }

    internal TrainableNetwork Network { get; }

    /// <summary>Gets or sets what updates the parameters, all of which decay.</summary>
    internal OptimizerOptions? Optimizer { get; set; }

    /// <summary>Updates all parameters by the gradients of the last step.</summary>
    internal void Update()
    {
        Update(0, Network.Parameters, Network.Gradients);
        Update(1, _weight, [.. _weightGradient.Select(value => (float)value)]);
        Update(2, _bias, [.. _biasGradient.Select(value => (float)value)]);
    }

    /// <summary>Computes the loss and all gradients of a batch.</summary>
    internal double Step(bool usesBatchStatistics, double smoothing)
    {
        double loss = Forward(usesBatchStatistics, smoothing);
        Network.Backward();
        return loss;
    }

    /// <summary>Computes the loss, and its gradient with respect to the features.</summary>
    internal double Forward(bool usesBatchStatistics, double smoothing)
    {
        for (int image = 0; image < _labels.Length; image++)
        {
            Fill(Network.InputOf(image), image);
        }

        Network.Forward(_labels.Length, usesBatchStatistics);
        Array.Clear(_weightGradient);
        Array.Clear(_biasGradient);
        double loss = 0;
        for (int image = 0; image < _labels.Length; image++)
        {
            loss += AddImage(image, smoothing);
        }

        return loss / _labels.Length;
    }

    /// <summary>Returns the gradients of all tensors by name.</summary>
    internal Dictionary<string, float[]> Gradients()
    {
        Dictionary<string, float[]> gradients = _map.GradientsByName();
        gradients.Add("classifier.1.weight", [.. _weightGradient.Select(value => (float)value)]);
        gradients.Add("classifier.1.bias", [.. _biasGradient.Select(value => (float)value)]);
        return gradients;
    }

    private void Update(int index, float[] parameters, float[] gradients)
    {
        if (_optimizers.Count == index)
        {
            _optimizers.Add(Optimizer!.Create([new() { Start = 0, Length = parameters.Length, WeightDecay = Optimizer.WeightDecay }]));
        }

        _optimizers[index].Step(parameters, gradients, Optimizer!.LearningRate);
    }

    private void Fill(Span<float> destination, int image)
    {
        int length = _input.Length / _labels.Length;
        _input.AsSpan(image * length, length).CopyTo(destination);
    }

    private double AddImage(int image, double smoothing)
    {
        ReadOnlySpan<float> features = Network.FeaturesOf(image);
        double[] logits = new double[_bias.Length];
        for (int k = 0; k < logits.Length; k++)
        {
            logits[k] = _bias[k];
            for (int i = 0; i < features.Length; i++)
            {
                logits[k] += (double)_weight[k * features.Length + i] * features[i];
            }
        }

        double largest = logits.Max();
        double logSum = largest + Math.Log(logits.Sum(logit => Math.Exp(logit - largest)));
        double loss = 0;
        double[] gradient = new double[features.Length];
        for (int k = 0; k < logits.Length; k++)
        {
            double target = smoothing / logits.Length + (k == _labels[image] ? 1 - smoothing : 0);
            loss -= target * (logits[k] - logSum);
            double difference = (Math.Exp(logits[k] - logSum) - target) / _labels.Length;
            _biasGradient[k] += difference;
            for (int i = 0; i < features.Length; i++)
            {
                _weightGradient[k * features.Length + i] += difference * features[i];
                gradient[i] += difference * _weight[k * features.Length + i];
            }
        }

        Span<float> destination = Network.FeaturesGradientOf(image);
        for (int i = 0; i < gradient.Length; i++)
        {
            destination[i] = (float)gradient[i];
        }

        return loss;
    }
}
