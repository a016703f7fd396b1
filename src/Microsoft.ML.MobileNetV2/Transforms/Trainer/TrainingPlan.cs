using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents the purpose of a training run as far as the schema of its rows shows it, before an image is computed.</summary>
internal sealed class TrainingPlan
{
    private readonly TrainerSettings _settings;
    private readonly PredictionTask _task;
    private readonly DataViewSchema.Column _labelColumn;

    /// <param name="schema">The schema of the training rows.</param>
    /// <param name="settings">The trainer's settings.</param>
    /// <param name="task">The task of the trainer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">The labels are not to be learned, or the initial model was trained for another task.</exception>
    internal TrainingPlan(DataViewSchema schema, TrainerSettings settings, PredictionTask task)
    {
        _settings = settings;
        _labelColumn = LabelColumn.Find(schema, settings.Options.LabelColumnName);
        _task = task;
        _task.RequireForm(_labelColumn.Name, _labelColumn.Type is VectorDataViewType, _labelColumn.Type);
        _task.RequireLabels(_labelColumn);
        if (settings.Initial is { } initial && initial.Origin.Task != _task.Name)
        {
            throw new InvalidOperationException($"The initial model was trained for {initial.Origin.Task}; these labels are for {_task.Name}.");
        }

        Trainer = settings.Head ?? new(CreateDefaultHead());
        if (settings.Teacher is not null && Trainer.Loss != HeadLoss.CategoricalCrossEntropy)
        {
            throw new InvalidOperationException(
                $"Distillation learns with categorical cross-entropy, but the loss of the head is {HeadCompatibility.NameOf(Trainer.Loss)}. Leave Head.Loss at its default, and InitialModel null.");
        }
    }

    internal HeadTrainer Trainer { get; }

    internal HeadProvenance Origin => new(_task.Name, Trainer.Loss);

    /// <summary>Checks that a validation set has labels of the same kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal void RequireValidation(DataViewSchema schema)
    {
        DataViewSchema.Column column = LabelColumn.Find(schema, _labelColumn.Name);
        bool areSameValues = LabelColumn.TypeOf(column) == LabelColumn.TypeOf(_labelColumn);
        bool areSameVectors = (column.Type as VectorDataViewType)?.Size == (_labelColumn.Type as VectorDataViewType)?.Size;
        bool areSameItems = column.Type.RawType == _labelColumn.Type.RawType || LabelColumn.TypeOf(column) is not null || column.Type is KeyDataViewType;
        if (!areSameValues || !areSameVectors || !areSameItems)
        {
            throw new ArgumentOutOfRangeException(
                nameof(schema),
                $"Schema mismatch for label column '{_labelColumn.Name}' of the validation set: expected {LabelColumn.Describe(_labelColumn)} as in the training set, got {LabelColumn.Describe(column)}");
        }

        _task.RequireLabels(column);
    }

    /// <summary>Checks that there are validation rows where an option needs them.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    internal void RequireValidationIfNeeded(bool isGiven)
    {
        if (!isGiven && _settings.Options.ValidationFraction == 0 && Trainer.NeedsValidation)
        {
            throw new InvalidOperationException(
                "Head.EarlyStopping is set, but there are no validation rows. Pass them to Fit, or set ValidationSet or ValidationFraction; to run all epochs, set Head.EarlyStopping to null.");
        }
    }

    /// <summary>Holds out validation rows where the user wants that.</summary>
    internal (TrainingRows Training, TrainingRows? Validation) Split(TrainingRows rows, PredictionTarget target) => _settings.Options.ValidationFraction > 0
        ? new ValidationSplit(_settings.Options.ValidationFraction, Trainer.Seed).Split(rows, target.CreateTargets(rows, _settings.Options.LabelColumnName))
        : (rows, null);

    /// <summary>Learns from the rows what there is to predict.</summary>
    internal PredictionTarget CreateTarget(TrainingRows rows) => _task.CreateTarget(_labelColumn, rows);

    /// <summary>Returns the head to start from; null to start from scratch.</summary>
    /// <exception cref="InvalidOperationException">The initial model predicts something else, or from other features.</exception>
    internal DenseHead? CreateStart(PredictionTarget target, int featureCount)
    {
        if (_settings.Initial is not { } initial)
        {
            return null;
        }

        int expected = initial.Head.Layers[0].InputCount;
        return expected == featureCount ? target.CreateStart(initial) : throw new InvalidOperationException(
            $"The initial model takes {expected} features, but the rows have {featureCount}: it was trained on the features of another network. Use that network, or leave InitialModel null.");
    }

    /// <summary>Returns features and targets of rows.</summary>
    /// <exception cref="InvalidOperationException">A label does not fit the loss, or is none of the classes.</exception>
    internal HeadDataset CreateDataset(TrainingRows rows, PredictionTarget target)
    {
        RequireLabelsFitLoss(rows);
        return new(rows.Features, rows.FeatureCount, target.CreateTargets(rows, _settings.Options.LabelColumnName), rows.Weights)
        {
            Teacher = CreateTeacher(rows),
        };
    }

    private TeacherScores? CreateTeacher(TrainingRows rows) => rows.Teaching is { } teaching && _settings.Options.Distillation is { } options
        ? new(teaching.Logits, [.. rows.LabelIndices.Select(label => !((ClassLabels)rows.Labels).IsMissing(label))], options.Temperature, options.LabelWeight)
        : null;

    private void RequireLabelsFitLoss(TrainingRows rows)
    {
        if (rows.Labels is not NumberLabels numbers || !HeadCompatibility.IsForValuesOnly(Trainer.Loss))
        {
            return;
        }

        float[] values = numbers.ValuesOf(rows.LabelIndices);
        int wrong = Array.FindIndex(values, value => value < 0);
        if (wrong >= 0)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Row {rows.Positions[wrong]}, column '{_settings.Options.LabelColumnName}': the label is {values[wrong]}; {HeadCompatibility.NameOf(Trainer.Loss)} needs numbers of at least 0."));
        }
    }

    private HeadTrainerOptions CreateDefaultHead()
    {
        HeadTrainerOptions options = _task.CreateDefaultHead();
        if (_settings.Initial is { } initial)
        {
            options.Loss = initial.Origin.Loss;
            options.Layers = [.. initial.HiddenLayers(), .. options.Layers];
            options.Layers[^1].Activation ??= initial.LastActivation;
        }

        return options;
    }
}
