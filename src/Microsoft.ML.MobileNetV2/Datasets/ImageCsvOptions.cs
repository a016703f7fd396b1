using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of reading a list of images: a CSV file, in which fields may be quoted (RFC 4180).</summary>
public sealed class ImageCsvOptions
{
    /// <summary>Gets or sets the character between the fields.</summary>
    /// <value>The default is a comma.</value>
    public char Separator { get; set; } = ',';

    /// <summary>Gets or sets whether the first line has the names of the columns.</summary>
    /// <value>The default is null: it has unless its image is an existing file, or ends like the name of one, such as <c>.jpg</c>.</value>
    public bool? HasHeader { get; set; }

    /// <summary>Gets or sets the name of the column with the paths.</summary>
    /// <value>The default is null: the first column.</value>
    public string? ImageColumnName { get; set; }

    /// <summary>Gets or sets the name of the column with the labels.</summary>
    /// <value>The default is null: the second column.</value>
    public string? LabelColumnName { get; set; }

    /// <summary>Gets or sets the name of the column with what keeps images together in a split, such as a patient.</summary>
    /// <value>The default is null: there is none.</value>
    public string? GroupColumnName { get; set; }

    /// <summary>Gets or sets the folder that relative paths start from.</summary>
    /// <value>The default is null: the folder of the list.</value>
    public string? BaseFolder { get; set; }

    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal void Validate()
    {
        OptionsValidator validator = new();
        validator.Require(Separator is not ('"' or '\r' or '\n' or '\0'), nameof(Separator), $"'{Separator}'", "expected a character such as ',' or ';'");
        RequireName(validator, ImageColumnName, nameof(ImageColumnName));
        RequireName(validator, LabelColumnName, nameof(LabelColumnName));
        RequireName(validator, GroupColumnName, nameof(GroupColumnName));
        validator.ThrowIfAny("options");
    }

    private void RequireName(OptionsValidator validator, string? name, string property)
    {
        if (name is not null)
        {
            validator.RequireNotEmpty(name, property);
            validator.Require(HasHeader != false, property, name, "without a header, columns have no names");
        }
    }
}
