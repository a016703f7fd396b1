namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents a backbone in training, or the end of one: it computes features of a batch, and the gradient of all its parameters.</summary>
/// <remarks>
/// Float32, with sums over pixels in float64 at last. The same parameters, batch and <see cref="TrainingShape.PartCount"/> give the same bits. Once
/// warm, a step allocates nothing. Not safe to use from several threads; each call uses all cores by itself.
/// </remarks>
internal sealed unsafe class TrainableNetwork
{
    private readonly TrainingState _state;
    private readonly StemStatisticsPass _stemStatistics;
    private readonly InputCenteringPass _inputCentering;
    private readonly ExpandPreparation _preparation;
    private readonly ExpandDepthwisePass _expandDepthwise;
    private readonly ProjectPass _project;
    private readonly BlockOutputPass _blockOutput;
    private readonly FeaturesPass _features;
    private readonly FeaturesGradientPass _featuresGradient;
    private readonly ExpandGradient _expandGradient;
    private readonly InputGradientPass _inputGradient;
    private readonly ProjectGradientPass _projectGradient;
    private readonly DepthwiseGradientPass _depthwiseGradient;
    private readonly GradientReset _gradientReset;
    private readonly GradientSum _gradientSum;

    /// <param name="shape">What is trained.</param>
    /// <param name="kernels">The kernels; null for those of the widest registers.</param>
    internal TrainableNetwork(TrainingShape shape, TrainingKernels? kernels = null)
    {
        _state = new(shape, kernels ?? TrainingKernels.Widest);
        ExpandState first = _state.ExpandAfter(-1);
        InputLayout = _state.Images.Length > 0 ? new(3, shape.InputSize, 1) : new(1, (int)Math.Sqrt(first.Pixels), first.PaddedInputs);
        DepthwiseGradients gradients = new(_state);
        _stemStatistics = new(_state);
        _inputCentering = new(_state);
        _preparation = new(_state);
        _expandDepthwise = new(_state);
        _project = new(_state);
        _blockOutput = new(_state);
        _features = new(_state);
        _featuresGradient = new(_state);
        _expandGradient = new(_state);
        _inputGradient = new(_state);
        _projectGradient = new(_state, gradients);
        _depthwiseGradient = new(_state, gradients);
        _gradientReset = new(_state);
        _gradientSum = new(_state);
    }

    internal TrainingState State => _state;

    internal float[] Parameters => _state.Parameters;

    internal float[] Gradients => _state.Gradients;

    /// <summary>Gets the numbers of an image's input.</summary>
    internal int InputLength => InputLayout.Length;

    /// <summary>Gets how the input of an image lies in memory.</summary>
    internal InputLayout InputLayout { get; }

    /// <summary>Gets the number of features of an image.</summary>
    internal int FeatureCount => _state.Last.Expand.Outputs;

    /// <summary>Returns the input of an image in the batch, to be filled before each <see cref="Forward"/>.</summary>
    /// <returns>
    /// The image, shape (3, size, size), where the stem is trained; otherwise the map before the first block in training, shape (size, size, channels),
    /// with its channels padded with zeros to whole registers.
    /// </returns>
    internal Span<float> InputOf(int image) => _state.Images.Length > 0
        ? _state.Images.AsSpan(image * InputLength, InputLength)
        : new(_state.OutputOf(-1) + (nint)image * InputLength, InputLength);

    /// <summary>Returns the features of an image in the batch.</summary>
    internal ReadOnlySpan<float> FeaturesOf(int image) => new(_state.Last.FeaturesOf(image), FeatureCount);

    /// <summary>Returns where the gradient of the loss with respect to the features goes, before each <see cref="Backward"/>.</summary>
    internal Span<float> FeaturesGradientOf(int image) => new(_state.Last.GradientOf(image), FeatureCount);

    /// <summary>Computes the features of a batch.</summary>
    /// <param name="imageCount">The number of images.</param>
    /// <param name="usesBatchStatistics">Whether batch norm takes its statistics from the batch, and tracks them, rather than using those it has.</param>
    internal void Forward(int imageCount, bool usesBatchStatistics)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(imageCount, _state.Shape.BatchSize);
        _state.ImageCount = imageCount;
        _state.UsesBatchStatistics = usesBatchStatistics;
        _state.Team = TrainingTeam.Gather(_state.Shape.PartCount);
        if (usesBatchStatistics)
        {
            StartStatistics();
        }

        for (int i = 0; i < _state.Blocks.Length; i++)
        {
            BlockState block = _state.Blocks[i];
            _preparation.Run(block.Expand, block);
            _expandDepthwise.Run(block);
            _project.Run(block);
            _blockOutput.Run(i);
        }

        _preparation.Run(_state.Last.Expand, block: null);
        _features.Run();
        _state.Team.Dismiss();
    }

    /// <summary>Computes the gradients of all parameters from those of the features, for the batch of the last <see cref="Forward"/>.</summary>
    internal void Backward()
    {
        _state.Team = TrainingTeam.Gather(_state.Shape.PartCount);
        _gradientReset.Run();
        _featuresGradient.Run();
        Finish(_state.Last.Expand, _state.Last.Input, hasShortcut: false, _state.Blocks.Length - 1);
        for (int i = _state.Blocks.Length - 1; i >= 0; i--)
        {
            BlockState block = _state.Blocks[i];
            _state.MoveDown();
            _projectGradient.Run(block);
            _depthwiseGradient.Run(block, needsInputGradient: i > 0);
            Finish(block.Expand, block.Input, block.Plan.HasShortcut, i - 1);
        }

        _gradientSum.Run();
        _state.Team.Dismiss();
    }

    private void StartStatistics()
    {
        if (_state.Images.Length > 0)
        {
            _stemStatistics.Run(_state.Blocks[0]);
        }
        else
        {
            _inputCentering.Run();
        }
    }

    /// <summary>Finishes the gradients of a convolution and of its input, which is the output of a block below, if there is one.</summary>
    private void Finish(ExpandState expand, float* input, bool hasShortcut, int below)
    {
        _expandGradient.Run(expand, needsInputGradient: below >= 0);
        if (below >= 0)
        {
            _inputGradient.Run(expand, input, hasShortcut, _state.Blocks[below]);
        }
    }
}
